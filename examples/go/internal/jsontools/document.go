// Package jsontools answers questions about JSON documents.
package jsontools

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// parse reads one JSON document; numbers keep their digits. The name tells the caller which input is wrong.
func parse(name, text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("%s: %w", name, locate(text, err))
	}
	rest := decoder.InputOffset()
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %s: more text after the document", name, position(text, rest))
	}
	return document, nil
}

func locate(text string, err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		// The offset counts the byte that does not fit.
		return fmt.Errorf("%s: %w", position(text, syntax.Offset-1), err)
	case errors.Is(err, io.EOF):
		return errors.New("no JSON document in it")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: the document is cut off", position(text, int64(len(text))))
	}
	return err
}

func position(text string, offset int64) string {
	before := text[:min(max(offset, 0), int64(len(text)))]
	line := strings.Count(before, "\n") + 1
	column := len(before) - strings.LastIndexByte(before, '\n')
	return fmt.Sprintf("line %d, column %d", line, column)
}

// render writes a parsed document with sorted keys; an empty indent means one line.
func render(document any, indent string) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	// <, > and & are plain characters outside a web page.
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(document); err != nil {
		// Everything that parse returns can be written again.
		panic(err)
	}
	return strings.TrimSuffix(buffer.String(), "\n")
}

// find follows an RFC 6901 JSON pointer.
func find(document any, pointer string) (any, error) {
	if pointer == "" {
		return document, nil
	}
	if !strings.HasPrefix(pointer, "/") {
		return nil, fmt.Errorf("pointer: %q must be empty or begin with /", pointer)
	}
	seen := ""
	for _, token := range strings.Split(pointer[1:], "/") {
		next, err := step(document, unescape(token))
		if err != nil {
			return nil, fmt.Errorf("pointer: %q: %w", seen+"/"+token, err)
		}
		document, seen = next, seen+"/"+token
	}
	return document, nil
}

func step(document any, key string) (any, error) {
	switch node := document.(type) {
	case map[string]any:
		if value, ok := node[key]; ok {
			return value, nil
		}
		return nil, fmt.Errorf("the object has no key %q", key)
	case []any:
		index, err := strconv.Atoi(key)
		// RFC 6901 allows neither signs nor leading zeros.
		if err != nil || strconv.Itoa(index) != key || index < 0 || index >= len(node) {
			return nil, fmt.Errorf("%q is no index of an array of %d", key, len(node))
		}
		return node[index], nil
	}
	return nil, errors.New("the value above is neither an object nor an array")
}

var (
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
)

func unescape(token string) string { return unescaper.Replace(token) }

func escape(key string) string { return escaper.Replace(key) }
