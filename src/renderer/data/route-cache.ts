import type { Envelope, Failure, PathlightApi, RouteInput, RouteName, RouteOutput } from '../../shared/contract/index.ts';

/** What is known of one call: the last good answer stays while a newer one is on its way or failed. */
export interface Entry<Data> {
  readonly data: Data | undefined;
  readonly error: Failure | undefined;
  readonly loading: boolean;
}

interface Slot {
  entry: Entry<unknown>;
  readonly fetch: () => Promise<Envelope<unknown>>;
  readonly listeners: Set<() => void>;
  /** One call is under way at a time; what changes meanwhile is asked for once more after it. */
  underWay: boolean;
  again: boolean;
  old: boolean;
}

const untouched: Entry<never> = { data: undefined, error: undefined, loading: true };

export function routeKey(name: RouteName, input: unknown): string {
  return `${name} ${JSON.stringify(input)}`;
}

/** Answers of reading calls, shared by all screens and read again when the gradebook or the model changed. */
export class RouteCache {
  readonly #api: PathlightApi;
  readonly #slots = new Map<string, Slot>();

  constructor(api: PathlightApi) {
    this.#api = api;
  }

  peek<Name extends RouteName>(key: string): Entry<RouteOutput<Name>> {
    return (this.#slots.get(key)?.entry ?? untouched) as Entry<RouteOutput<Name>>;
  }

  /** Listens to one call's answer, and fetches it where it is missing or old. Returns a function that stops listening. */
  watch<Name extends RouteName>(name: Name, input: RouteInput<Name>, listener: () => void): () => void {
    const key = routeKey(name, input);
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = {
        entry: untouched,
        fetch: () => this.#api.call(name, input),
        listeners: new Set(),
        underWay: false,
        again: false,
        old: true,
      };
      this.#slots.set(key, slot);
    }
    const watched = slot;
    watched.listeners.add(listener);
    if (watched.old) this.#fetch(watched);
    return () => {
      watched.listeners.delete(listener);
    };
  }

  reload(key: string): void {
    const slot = this.#slots.get(key);
    if (slot !== undefined) this.#fetch(slot);
  }

  /** Everything may have changed: what is on screen is read again now, the rest when it is next needed. */
  invalidate(): void {
    for (const [key, slot] of this.#slots) {
      if (slot.listeners.size > 0) this.#fetch(slot);
      else this.#slots.delete(key);
    }
  }

  #fetch(slot: Slot): void {
    slot.old = false;
    if (slot.underWay) {
      slot.again = true;
      return;
    }
    slot.underWay = true;
    this.#set(slot, { ...slot.entry, loading: true });
    void slot
      .fetch()
      .catch((reason: unknown): Envelope<unknown> => ({
        ok: false,
        error: { code: 'unexpected', message: reason instanceof Error ? reason.message : String(reason), detail: {} },
      }))
      .then((envelope) => {
        slot.underWay = false;
        const again = slot.again;
        slot.again = false;
        if (envelope.ok) this.#set(slot, { data: envelope.data, error: undefined, loading: again });
        else {
          slot.old = true;
          this.#set(slot, { ...slot.entry, error: envelope.error, loading: again });
        }
        if (again && slot.listeners.size > 0) this.#fetch(slot);
        else if (again) slot.old = true;
      });
  }

  #set(slot: Slot, entry: Entry<unknown>): void {
    slot.entry = entry;
    slot.listeners.forEach((listener) => listener());
  }
}
