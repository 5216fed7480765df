import path from 'node:path';
import type { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const DOCUMENT = path.join(import.meta.dirname, '../../docs/command-line.md');

const INTRODUCTION = `# The command line

The same services without a window: \`npm run --silent pathlight -- COMMAND …\`. Paths are relative to where you type; files may be gzipped. Exit codes: 0 done (also when some
rows were refused, each named), 1 refused as a whole with the reason on stderr, 2 called wrongly. Written from the commands themselves; \`npx vitest run --project unit
tests/cli/command-line-document.test.ts -u\` writes it anew.`;

const leaves = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
const shown = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

function describeCommand(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
    return argument.required ? ` ${name}` : ` [${name}]`;
  });
  const options = command.options.map((option) => {
    const value = option.defaultValue;
    const plain = value === undefined || typeof value === 'boolean' || shown(value) === '' || shown(value) === '[object Object]';
    const notes = [
      option.mandatory ? 'needed' : '',
      option.argChoices ? `one of ${option.argChoices.join(', ')}` : '',
      plain ? '' : `${shown(value)} where left out`,
    ].filter(Boolean);
    const text = [option.description, ...notes].filter(Boolean).join('; ');
    return `- \`${option.flags}\`${text ? `: ${text}` : ''}`;
  });
  return [
    `## ${nameOf(command)}${words.join('')}`,
    `${command.description().replace(/^./, (first) => first.toUpperCase())}.`,
    options.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

it('docs/command-line.md names every command and option', async () => {
  const commands = createProgram().commands.flatMap(leaves);
  const text = [INTRODUCTION, ...commands.map(describeCommand)].join('\n\n');
  const formatted = await format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
  await expect(formatted).toMatchFileSnapshot(DOCUMENT);
});
