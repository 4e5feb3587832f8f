import {expect, test} from '@jest/globals'
import {formatLine, markedLines, span} from './lines'

test('the last words of a program stay lines, with their indentation', () => {
  const text = 'a.whl: its last words:\n  Traceback (most recent call last):\n    File "<installation>/a.py", line 1'
  const lines = markedLines(span('✗'), text, {width: 40})
  expect(lines.map(line => formatLine(line, {color: false, width: 40}))).toEqual([
    '✗ a.whl: its last words:',
    '    Traceback (most recent call last):',
    '      File "<installation>/a.py", line 1',
  ])
})
