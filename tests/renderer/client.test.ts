import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectEvents, reconnectDelay } from '../../src/renderer/api/events.ts';
import { takeToken } from '../../src/renderer/api/token.ts';
import { readPreferences } from '../../src/renderer/preferences/preferences.tsx';

function fakeWindow(search: string, stored: string | null = null) {
  const kept = new Map<string, string>(stored === null ? [] : [['pathlight.token', stored]]);
  const addresses: string[] = [];
  const window = {
    location: { search, pathname: '/', hash: '#/model' },
    history: { state: null, replaceState: (_state: unknown, _title: string, url: string) => addresses.push(url) },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
  } as unknown as Pick<Window, 'location' | 'history' | 'sessionStorage'>;
  return { window, addresses, kept };
}

describe('takeToken', () => {
  it('takes the token out of the address, keeps it for the tab and keeps the place', () => {
    const { window, addresses, kept } = fakeWindow('?token=s3cret&x=1');
    expect(takeToken(window)).toBe('s3cret');
    expect(addresses).toEqual(['/?x=1#/model']);
    expect([...kept.values()]).toEqual(['s3cret']);
  });

  it('finds it again after a reload', () => {
    const { window, addresses } = fakeWindow('', 's3cret');
    expect(takeToken(window)).toBe('s3cret');
    expect(addresses).toEqual([]);
    expect(takeToken(fakeWindow('').window)).toBe('');
  });
});

describe('connectEvents', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  class FakeSocket extends EventTarget {
    closed = false;
    close() {
      this.closed = true;
    }
  }

  function connection() {
    const sockets: FakeSocket[] = [];
    const messages: string[] = [];
    let reconnects = 0;
    const stop = connectEvents({
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      onMessage: (text) => messages.push(text),
      onReconnect: () => (reconnects += 1),
    });
    return { sockets, messages, stop, reconnects: () => reconnects };
  }

  it('hands messages on, and does not call the first connection a reconnection', () => {
    const { sockets, messages, reconnects } = connection();
    sockets[0]?.dispatchEvent(new Event('open'));
    sockets[0]?.dispatchEvent(new MessageEvent('message', { data: '{}' }));
    expect(messages).toEqual(['{}']);
    expect(reconnects()).toBe(0);
  });

  it('tries again with growing pauses, and says when the line is back', () => {
    const { sockets, reconnects } = connection();
    sockets[0]?.dispatchEvent(new Event('close'));
    vi.advanceTimersByTime(reconnectDelay(0));
    expect(sockets).toHaveLength(2);
    sockets[1]?.dispatchEvent(new Event('close'));
    vi.advanceTimersByTime(reconnectDelay(0));
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(reconnectDelay(1) - reconnectDelay(0));
    expect(sockets).toHaveLength(3);
    sockets[2]?.dispatchEvent(new Event('open'));
    expect(reconnects()).toBe(1);
  });

  it('stays closed once it was closed', () => {
    const { sockets, stop } = connection();
    stop();
    expect(sockets[0]?.closed).toBe(true);
    sockets[0]?.dispatchEvent(new Event('close'));
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('never waits longer than fifteen seconds', () => {
    expect(reconnectDelay(0)).toBe(500);
    expect(reconnectDelay(40)).toBe(15_000);
  });
});

describe('readPreferences', () => {
  it('falls back to the system where nothing, or nonsense, was kept', () => {
    const fallback = {
      language: 'zh',
      theme: 'system',
      railCollapsed: false,
      classId: undefined,
      lessonMinutes: 45,
      groupSize: 8,
      tourSettled: false,
    };
    expect(readPreferences(null, ['zh-CN'])).toEqual(fallback);
    expect(readPreferences('{"language":"xx","theme":7', ['zh-CN'])).toEqual(fallback);
    const odd = '{"language":"xx","theme":7,"railCollapsed":"yes","lessonMinutes":7,"groupSize":"8","tourSettled":"yes"}';
    expect(readPreferences(odd, ['zh-CN'])).toEqual(fallback);
  });

  it('takes what was kept', () => {
    const kept = {
      language: 'en',
      theme: 'dark',
      railCollapsed: true,
      classId: '7b',
      lessonMinutes: 60,
      groupSize: 5,
      tourSettled: true,
    };
    expect(readPreferences(JSON.stringify(kept), ['zh'])).toEqual(kept);
  });
});
