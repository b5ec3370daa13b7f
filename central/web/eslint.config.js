import { fileURLToPath } from 'node:url';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

/** Which folder may know which: a lower one never knows a higher one, and screens never know each other. */
function knowsNot(folder, patterns) {
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }] },
  };
}

export default ts.config(
  { ignores: ['dist', 'node_modules', 'live', 'src/api/schema.ts'] },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked],
    plugins: { 'react-hooks': hooks },
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) } },
    rules: {
      ...hooks.configs.recommended.rules,
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', 400],
      'no-restricted-syntax': ['error', {
        selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
        message: 'Everything is put in as text, never as markup.',
      }],
    },
  },
  knowsNot('text', [['^(\\.\\./|react)', 'Text helpers are pure: values in, text out.']]),
  knowsNot('api', [['^(react|\\.\\./(app|ui|features|i18n))', 'The client knows no screen and no framework.']]),
  knowsNot('i18n', [['^\\.\\./(\\.\\./)?(app|ui|features|api)', 'Sentences know nothing but themselves.']]),
  knowsNot('ui', [['^\\.\\./(app|features)', 'What several screens use knows none of them.']]),
  knowsNot('features', [['^\\.\\./[a-z]', 'Screens do not know each other; what two need goes to ui/.'], ['^echarts', 'Only features/visitors/chart.ts knows the chart library.']]),
  { files: ['src/features/visitors/chart.ts'], rules: { 'no-restricted-imports': 'off' } },
);
