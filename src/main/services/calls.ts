import { routes } from '../../shared/contract/index.ts';
import type { Envelope, RouteName, RouteOutput } from '../../shared/contract/index.ts';
import { PathlightError } from '../../shared/errors.ts';
import { describeFailure } from './failure.ts';

/** What answers each call: it gets input that was checked against the contract. */
export type Handlers<Names extends RouteName = RouteName> = {
  readonly [Name in Names]: (input: InputOf<Name>) => Promise<RouteOutput<Name>> | RouteOutput<Name>;
};
type InputOf<Name extends RouteName> = Exclude<ReturnType<(typeof routes)[Name]['input']['parse']>, undefined>;

/** Checks a call against the contract and answers it; never throws. */
export async function answer<Name extends RouteName>(
  handlers: Partial<Handlers>,
  name: Name,
  input: unknown,
): Promise<Envelope<RouteOutput<Name>>> {
  try {
    if (!Object.hasOwn(routes, name)) throw new PathlightError('unknown-route', `There is no call named "${String(name)}".`, {});
    const parsed = routes[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new PathlightError(
        'bad-input',
        `The call ${name} was made wrongly: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
        { route: name },
      );
    }
    const handler = handlers[name] as (value: unknown) => Promise<unknown> | unknown;
    const output = await handler(parsed.data);
    return { ok: true, data: output as RouteOutput<Name> };
  } catch (error) {
    return { ok: false, error: describeFailure(error) };
  }
}
