import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { rooms } from './test/house/rooms.mjs';

/**
 * What a room may not import, as patterns: rooms and packages it has no business with, and all but the types of some rooms.
 * Relative imports leave a room by as many `../` as it takes; test/house/imports.test.ts follows them exactly.
 *
 * @param {string} name
 */
function restrictions(name) {
  const room = rooms[name];
  const others = Object.keys(rooms).filter((other) => other !== name && !room.values.includes(other));
  const fromRooms = others.map((other) => {
    const parts = room.values
      .filter((entry) => entry.startsWith(`${other}/`))
      .map((entry) => entry.slice(other.length + 1));
    const open = parts.map((part) => (part.endsWith('/') ? escape(part) : `${escape(part)}$`));
    const typesAllowed = room.types.includes(other);
    return {
      regex: `^(\\.\\./)+(src/)?${other}/${open.length > 0 ? `(?!${open.join('|')})` : ''}`,
      allowTypeImports: typesAllowed,
      message: `${name} may not import ${typesAllowed ? 'more than types ' : ''}from there (test/house/rooms.mjs).`,
    };
  });
  const packages = room.packages.map((allowed) => (/[/:]$/.test(allowed) ? escape(allowed) : `${escape(allowed)}$`));
  return [
    ...fromRooms,
    {
      regex: packages.length > 0 ? `^(?![./])(?!${packages.join('|')})` : '^[^./]',
      message: `${name} may not import this package (test/house/rooms.mjs).`,
    },
  ];
}

/** @param {string} text */
const escape = (text) => text.replace(/[.]/g, '\\.');

const roomRules = Object.entries(rooms).map(([name, room]) => ({
  files: [`${room.folder}/**/*.{ts,svelte}`],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: restrictions(name) }] },
}));

const noReExport = 'Import from the file that declares it: re-exports make barrels.';

export default defineConfig(
  globalIgnores(['dist', 'public', 'test/golden', 'test/bad-files', 'test/house/canary', 'test-results']),
  ts.configs.recommended,
  ts.configs.stylistic,
  svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-cond-assign': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,svelte}', 'workers/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: noReExport },
        { selector: 'ExportNamedDeclaration[source][exportKind!="type"]', message: noReExport },
      ],
    },
  },
  { files: ['src/cli/**', 'scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json', './tsconfig.workers.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  roomRules,
);
