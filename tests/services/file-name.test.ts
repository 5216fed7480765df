import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/main/services/file-name.ts';

describe('a name for a file', () => {
  it.each([
    ['Study plan 王小明', 'Study plan 王小明'],
    ['a/b\\c:d*e?f"g<h>i|j\u0007k', 'a_b_c_d_e_f_g_h_i_j_k'],
    ['  6A. ', '6A'],
    ['con', '_con'],
    ['LPT1.plan', '_LPT1.plan'],
    ['Connor', 'Connor'],
    ['...', '_'],
    // Composed, so that the same name is the same file everywhere.
    ['Zoe\u0308', 'Zo\u00eb'],
    // Read from the right this would end otherwise than it does.
    ['plan\u202egpj', 'plan_gpj'],
  ])('of %j is %j', (text, name) => {
    expect(fileName(text)).toBe(name);
  });

  it('is short enough for every file system, and no sign is cut in two', () => {
    const long = fileName('𠮷'.repeat(200));
    expect(long).toBe('𠮷'.repeat(50));
    expect(Buffer.byteLength(`${fileName('学'.repeat(300))} (2).html`)).toBeLessThan(255);
  });
});
