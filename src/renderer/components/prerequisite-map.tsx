import type { ReactNode } from 'react';
import type { MapLayout, MapSkill } from './map-layout.ts';

export interface PrerequisiteMapProperties {
  readonly label: string;
  readonly map: MapLayout;
  /** What stands in a skill's box. */
  readonly node: (skill: MapSkill) => ReactNode;
  readonly tone?: (skill: MapSkill) => 'plain' | 'path';
}

/** Skills as boxes, an arrow from each prerequisite to what builds on it, laid out in layers from left to right. */
export function PrerequisiteMap({ label, map, node, tone = () => 'plain' }: PrerequisiteMapProperties) {
  return (
    <div className="map-scroll" role="region" aria-label={label} tabIndex={0}>
      <div className="map" style={{ inlineSize: map.width, blockSize: map.height }}>
        <svg className="map-links" width={map.width} height={map.height} aria-hidden="true">
          <defs>
            <marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8Z" fill="context-stroke" />
            </marker>
          </defs>
          {map.links.map((link) => (
            <path key={`${link.prerequisite} ${link.skill}`} d={link.path} className="map-link" markerEnd="url(#map-arrow)" />
          ))}
        </svg>
        <ul className="map-nodes">
          {map.nodes.map(({ skill, left, top, width, height }) => (
            <li
              key={skill.id}
              className={`map-node map-${tone(skill)}`}
              style={{ insetInlineStart: left, insetBlockStart: top, inlineSize: width, blockSize: height }}
            >
              {node(skill)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
