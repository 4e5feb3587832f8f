package jsontools

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// NewServer makes a server with all the tools.
func NewServer(info *mcp.Implementation) *mcp.Server {
	server := mcp.NewServer(info, &mcp.ServerOptions{Capabilities: &mcp.ServerCapabilities{}})
	add(server, "query_json", "Find a value in a JSON document by its JSON pointer (RFC 6901).", query)
	add(server, "validate_json", "Check a JSON document against a JSON Schema, or only its syntax.", validate)
	add(server, "diff_json", "List the differences between two JSON documents, with JSON pointers.", diff)
	add(server, "format_json", "Format a JSON document: sorted keys, indented or on one line.", format)
	return server
}

// add registers a tool; an error of its function becomes a result that the model can read and act on.
func add[In, Out any](server *mcp.Server, name, description string, answer func(In) (Out, error)) {
	closed := false
	tool := &mcp.Tool{
		Name:        name,
		Description: description,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
	mcp.AddTool(server, tool, func(_ context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		out, err := answer(in)
		return nil, out, err
	})
}

type queryInput struct {
	Document string `json:"document" jsonschema:"the JSON document"`
	Pointer  string `json:"pointer" jsonschema:"a JSON pointer such as /items/0/name; empty for the whole document"`
}

type queryOutput struct {
	// Text, because a value would pass through a float64 on its way out and lose digits.
	Value string `json:"value" jsonschema:"the value found, as JSON on one line"`
}

func query(in queryInput) (queryOutput, error) {
	document, err := parse("document", in.Document)
	if err != nil {
		return queryOutput{}, err
	}
	value, err := find(document, in.Pointer)
	if err != nil {
		return queryOutput{}, err
	}
	return queryOutput{Value: render(value, "")}, nil
}

type validateInput struct {
	Document string `json:"document" jsonschema:"the JSON document"`
	Schema   string `json:"schema,omitempty" jsonschema:"a JSON Schema (2020-12 or draft-07) as text; leave out to check the syntax alone"`
}

type validateOutput struct {
	Valid   bool   `json:"valid"`
	Problem string `json:"problem,omitempty" jsonschema:"the first problem, when not valid"`
}

// An invalid document is an answer; an unusable schema is the caller's mistake.
func validate(in validateInput) (validateOutput, error) {
	var schema *jsonschema.Resolved
	if in.Schema != "" {
		resolved, err := resolve(in.Schema)
		if err != nil {
			return validateOutput{}, err
		}
		schema = resolved
	}
	if _, err := parse("document", in.Document); err != nil {
		return validateOutput{Problem: err.Error()}, nil
	}
	if schema == nil {
		return validateOutput{Valid: true}, nil
	}
	// The validator wants Go numbers where parse keeps the digits.
	var document any
	if err := json.Unmarshal([]byte(in.Document), &document); err != nil {
		return validateOutput{Problem: "document: " + err.Error()}, nil
	}
	if err := schema.Validate(document); err != nil {
		return validateOutput{Problem: err.Error()}, nil
	}
	return validateOutput{Valid: true}, nil
}

func resolve(text string) (*jsonschema.Resolved, error) {
	if _, err := parse("schema", text); err != nil {
		return nil, err
	}
	var schema jsonschema.Schema
	if err := json.Unmarshal([]byte(text), &schema); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	// Without a loader a reference to another document is an error: the server does not use the network.
	resolved, err := schema.Resolve(nil)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return resolved, nil
}

type diffInput struct {
	Before string `json:"before" jsonschema:"the first JSON document"`
	After  string `json:"after" jsonschema:"the second JSON document"`
}

type diffOutput struct {
	Equal   bool     `json:"equal"`
	Changes []Change `json:"changes"`
}

func diff(in diffInput) (diffOutput, error) {
	before, err := parse("before", in.Before)
	if err != nil {
		return diffOutput{}, err
	}
	after, err := parse("after", in.After)
	if err != nil {
		return diffOutput{}, err
	}
	changes := compare("", before, after)
	return diffOutput{Equal: len(changes) == 0, Changes: append([]Change{}, changes...)}, nil
}

type formatInput struct {
	Document string `json:"document" jsonschema:"the JSON document"`
	Indent   int    `json:"indent,omitempty" jsonschema:"spaces for each level, 0 to 8; 0 gives one line"`
}

type formatOutput struct {
	Formatted string `json:"formatted"`
}

const maxIndent = 8

func format(in formatInput) (formatOutput, error) {
	if in.Indent < 0 || in.Indent > maxIndent {
		return formatOutput{}, fmt.Errorf("indent: %d is not between 0 and %d", in.Indent, maxIndent)
	}
	document, err := parse("document", in.Document)
	if err != nil {
		return formatOutput{}, err
	}
	return formatOutput{Formatted: render(document, strings.Repeat(" ", in.Indent))}, nil
}
