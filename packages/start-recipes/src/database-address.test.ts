import {expect, test} from '@jest/globals'
import {startValueOf} from './answers'

// https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#connect-strings: an absolute path follows three slashes. The file
// that stands for the mark is absolute.
test.each([
  ['sqlite:////absolute/path/to/database.db', 'sqlite:///${file}'],
  ['sqlite:///path/to/database.db', 'sqlite:///${file}'],
  ['sqlite+aiosqlite:///./data.db', 'sqlite+aiosqlite:///${file}'],
  ['postgresql+psycopg://me:secret@db.example.com/shop', 'postgresql+psycopg://dummy:dummy@localhost:9/shop'],
  ['mongodb+srv://me:secret@cluster0.example.net/shop', 'mongodb://dummy:dummy@localhost:9/shop'],
])('the made-up database for %s is %s', (example, expected) => {
  expect(startValueOf(example, {name: 'DB_URL'}).value).toBe(expected)
})
