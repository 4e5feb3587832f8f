package jsontools

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// connect returns a client that talks to the server without a process between them.
func connect(t *testing.T) *mcp.ClientSession {
	t.Helper()
	serverSide, clientSide := mcp.NewInMemoryTransports()
	server, err := NewServer(&mcp.Implementation{Name: "json", Version: "1.0.0"}).Connect(t.Context(), serverSide, nil)
	if err != nil {
		t.Fatal(err)
	}
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1.0.0"}, nil).Connect(t.Context(), clientSide, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = client.Close()
		_ = server.Wait()
	})
	return client
}

func call(t *testing.T, tool string, arguments map[string]any) *mcp.CallToolResult {
	t.Helper()
	result, err := connect(t).CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func text(result *mcp.CallToolResult) string {
	if len(result.Content) == 0 {
		return ""
	}
	content, _ := result.Content[0].(*mcp.TextContent)
	if content == nil {
		return ""
	}
	return content.Text
}

func TestToolsAreListedWithSchemas(t *testing.T) {
	listed, err := connect(t).ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range listed.Tools {
		names = append(names, tool.Name)
		schema, err := json.Marshal(tool.InputSchema)
		if err != nil || !strings.Contains(string(schema), `"type":"object"`) {
			t.Errorf("%s: input schema %s, %v", tool.Name, schema, err)
		}
	}
	if want := []string{"diff_json", "format_json", "query_json", "validate_json"}; !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestAnswers(t *testing.T) {
	const document = `{"a/b": [1, {"~": 12345678901234567890}], "html": "<&>"}`
	for _, test := range []struct {
		name, tool string
		arguments  map[string]any
		want       string
	}{
		{"a pointer unescapes its tokens and keeps digits", "query_json",
			map[string]any{"document": document, "pointer": "/a~1b/1/~0"}, `{"value":"12345678901234567890"}`},
		{"an empty pointer finds the document", "query_json",
			map[string]any{"document": "null", "pointer": ""}, `{"value":"null"}`},
		{"a document alone is checked for syntax", "validate_json",
			map[string]any{"document": document}, `{"valid":true}`},
		{"a broken document is located", "validate_json",
			map[string]any{"document": "{\n  \"a\": nope}"}, `"problem":"document: line 2, column 9: `},
		{"a schema is obeyed", "validate_json",
			map[string]any{"document": `{"a": 1}`, "schema": `{"required": ["a"]}`}, `{"valid":true}`},
		{"a schema is enforced", "validate_json",
			map[string]any{"document": `{"b": 1}`, "schema": `{"required": ["a"]}`}, `required: missing properties`},
		{"differences carry pointers", "diff_json",
			map[string]any{"before": `{"a": [1, 2], "x/y": 1}`, "after": `{"a": [1, 3, null]}`},
			`{"changes":[{"after":"3","before":"2","kind":"changed","pointer":"/a/1"},` +
				`{"after":"null","kind":"added","pointer":"/a/2"},` +
				`{"before":"1","kind":"removed","pointer":"/x~1y"}],"equal":false}`},
		{"the order of keys and the writing of numbers are no difference", "diff_json",
			map[string]any{"before": `{"a": 1.0, "b": 1e2}`, "after": `{"b": 100, "a": 1}`}, `{"changes":[],"equal":true}`},
		{"a format sorts keys", "format_json",
			map[string]any{"document": `{"b": "<", "a": []}`}, `{"formatted":"{\"a\":[],\"b\":\"\u003c\"}"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := call(t, test.tool, test.arguments)
			if got := text(result); result.IsError || !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMistakesAreExplained(t *testing.T) {
	for _, test := range []struct {
		name, tool string
		arguments  map[string]any
		want       string
	}{
		{"a missing key", "query_json", map[string]any{"document": `{"a": {}}`, "pointer": "/a/b"}, `"/a/b": the object has no key "b"`},
		{"a bad index", "query_json", map[string]any{"document": `[1]`, "pointer": "/01"}, `"01" is no index of an array of 1`},
		{"a step into a scalar", "query_json", map[string]any{"document": `1`, "pointer": "/a"}, "neither an object nor an array"},
		{"a relative pointer", "query_json", map[string]any{"document": `1`, "pointer": "a"}, "must be empty or begin with /"},
		{"two documents", "format_json", map[string]any{"document": "1 2"}, "line 1, column 2: more text after the document"},
		{"no document", "format_json", map[string]any{"document": " "}, "no JSON document"},
		{"half a document", "format_json", map[string]any{"document": "[1,"}, "cut off"},
		{"a wide indent", "format_json", map[string]any{"document": "1", "indent": 9}, "indent: 9 is not between 0 and 8"},
		{"a schema of the network", "validate_json",
			map[string]any{"document": "1", "schema": `{"$ref": "https://example.com/schema.json"}`}, "schema: "},
		{"a missing argument", "diff_json", map[string]any{"before": "1"}, "after"},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := call(t, test.tool, test.arguments)
			if got := text(result); !result.IsError || !strings.Contains(got, test.want) {
				t.Errorf("error %v: got %q, want %q", result.IsError, got, test.want)
			}
		})
	}
}

func TestRenderIndents(t *testing.T) {
	got := render(map[string]any{"b": "<", "a": json.Number("1.50")}, "  ")
	if want := "{\n  \"a\": 1.50,\n  \"b\": \"<\"\n}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHugeExponentsAreComparedWithoutTheirDigits(t *testing.T) {
	if sameNumber("1e999999999", "2e999999999") {
		t.Error("numbers beyond the range are equal only when written alike")
	}
}
