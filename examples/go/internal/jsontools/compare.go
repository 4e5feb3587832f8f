package jsontools

import (
	"encoding/json"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Change is one difference between two documents; the values are JSON text, which keeps null and every digit.
type Change struct {
	Kind    string `json:"kind" jsonschema:"added, removed or changed"`
	Pointer string `json:"pointer" jsonschema:"JSON pointer of the value"`
	Before  string `json:"before,omitempty" jsonschema:"the value in the first document, as JSON"`
	After   string `json:"after,omitempty" jsonschema:"the value in the second document, as JSON"`
}

// compare lists the differences in the order of the pointers' keys and indexes.
func compare(pointer string, before, after any) []Change {
	switch left := before.(type) {
	case map[string]any:
		if right, ok := after.(map[string]any); ok {
			return compareObjects(pointer, left, right)
		}
	case []any:
		if right, ok := after.([]any); ok {
			return compareArrays(pointer, left, right)
		}
	case json.Number:
		if right, ok := after.(json.Number); ok && sameNumber(left, right) {
			return nil
		}
	}
	if reflect.DeepEqual(before, after) {
		return nil
	}
	return []Change{{Kind: "changed", Pointer: pointer, Before: render(before, ""), After: render(after, "")}}
}

func compareObjects(pointer string, before, after map[string]any) []Change {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(before)), maps.Keys(after))
	slices.Sort(keys)
	var changes []Change
	for _, key := range slices.Compact(keys) {
		left, wasThere := before[key]
		right, isThere := after[key]
		at := pointer + "/" + escape(key)
		switch {
		case !isThere:
			changes = append(changes, Change{Kind: "removed", Pointer: at, Before: render(left, "")})
		case !wasThere:
			changes = append(changes, Change{Kind: "added", Pointer: at, After: render(right, "")})
		default:
			changes = append(changes, compare(at, left, right)...)
		}
	}
	return changes
}

func compareArrays(pointer string, before, after []any) []Change {
	var changes []Change
	for index := range max(len(before), len(after)) {
		at := pointer + "/" + strconv.Itoa(index)
		switch {
		case index >= len(after):
			changes = append(changes, Change{Kind: "removed", Pointer: at, Before: render(before[index], "")})
		case index >= len(before):
			changes = append(changes, Change{Kind: "added", Pointer: at, After: render(after[index], "")})
		default:
			changes = append(changes, compare(at, before[index], after[index])...)
		}
	}
	return changes
}

// sameNumber takes 1, 1.0 and 10e-1 for the same number, as JSON does.
func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	// Exact arithmetic on an exponent of a billion would fill the memory.
	if strings.ContainsAny(a.String()+b.String(), "eE") {
		x, errX := a.Float64()
		y, errY := b.Float64()
		return errX == nil && errY == nil && x == y
	}
	x, okX := new(big.Rat).SetString(a.String())
	y, okY := new(big.Rat).SetString(b.String())
	return okX && okY && x.Cmp(y) == 0
}
