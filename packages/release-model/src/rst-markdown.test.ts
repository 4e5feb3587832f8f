import {expect, test} from '@jest/globals'
import {markdownOfRst} from './rst-markdown'

// https://docutils.sourceforge.io/docs/user/rst/quickref.html
test('headings, links, roles and code become Markdown', () => {
  const rst = `Features
--------

- New, see \`the docs <https://example.org/docs>\`_ and :func:\`words.count\`. (\`#12 <https://example.org/12>\`__)
- Use \`\`words --json\`\`::

    words --json
      a

  and more

.. code-block:: sh
   :linenos:

   words

Fixes
~~~~~

- Old *and* **bold**.`
  expect(markdownOfRst(rst)).toBe(`### Features

- New, see [the docs](https://example.org/docs) and \`words.count\`. ([#12](https://example.org/12))
- Use \`\`words --json\`\`:

  \`\`\`
  words --json
    a
  \`\`\`

  and more

\`\`\`sh
words
\`\`\`

#### Fixes

- Old *and* **bold**.`)
})
