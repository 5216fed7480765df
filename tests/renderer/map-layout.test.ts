import { describe, expect, it } from 'vitest';
import { layOut, linkPath } from '../../src/renderer/components/map-layout.ts';

const skill = (id: string) => ({ id, name: id });

describe('layOut', () => {
  it('puts prerequisites to the left of what builds on them, without overlap', () => {
    const links = [
      { skill: 'b', prerequisite: 'a' },
      { skill: 'c', prerequisite: 'b' },
      { skill: 'd', prerequisite: 'a' },
    ];
    const map = layOut(['a', 'b', 'c', 'd'].map(skill), links, 150);
    const at = new Map(map.nodes.map((node) => [node.skill.id, node]));
    for (const link of links) {
      const from = at.get(link.prerequisite);
      const to = at.get(link.skill);
      expect((from?.left ?? 0) + (from?.width ?? 0)).toBeLessThan(to?.left ?? 0);
    }
    const b = at.get('b');
    const d = at.get('d');
    expect(Math.abs((b?.top ?? 0) - (d?.top ?? 0))).toBeGreaterThanOrEqual(b?.height ?? 0);
    expect(map.links).toHaveLength(3);
  });

  it('leaves out links to skills that are not shown, and survives a circle', () => {
    const links = [
      { skill: 'b', prerequisite: 'a' },
      { skill: 'a', prerequisite: 'b' },
      { skill: 'b', prerequisite: 'elsewhere' },
      { skill: 'a', prerequisite: 'a' },
    ];
    expect(layOut([skill('a'), skill('b')], links, 150).links).toHaveLength(2);
    expect(layOut([], [], 150).nodes).toEqual([]);
  });
});

describe('linkPath', () => {
  it('leaves and enters level, and is level where it passes a layer', () => {
    expect(linkPath({ x: 10, y: 0 }, { x: 30, y: 8 }, [], 5)).toBe('M10 0 C20 0 20 8 30 8');
    expect(linkPath({ x: 10, y: 0 }, { x: 90, y: 8 }, [{ x: 50, y: 40 }], 20)).toBe(
      'M10 0 C20 0 20 40 30 40 L70 40 C80 40 80 8 90 8',
    );
  });
});
