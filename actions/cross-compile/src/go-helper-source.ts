/**
 * A program in Go, of its standard library alone, that is compiled once for a run. `scan` reads packages with Go's own parser
 * and lists the names that may hold a version. Otherwise it stands before Go's tools (`go build -toolexec`) and hands each
 * through; only where the linker is told what the main module is, it puts the release's version in place of `(devel)`, as
 * `go install MODULE@VERSION` has it (https://pkg.go.dev/runtime/debug#BuildInfo).
 */
export const goHelperSource = String.raw`package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

type request struct {
	Package string   ${'`json:"package"`'}
	Files   []string ${'`json:"files"`'}
}

type symbol struct {
	Package  string ${'`json:"package"`'}
	File     string ${'`json:"file"`'}
	Line     int    ${'`json:"line"`'}
	Kind     string ${'`json:"kind"`'}
	Name     string ${'`json:"name"`'}
	Value    string ${'`json:"value"`'}
	Settable bool   ${'`json:"settable"`'}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "scan" {
		scan()
		return
	}
	os.Exit(tool(os.Args[1:]))
}

func scan() {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	found := []symbol{}
	for _, each := range requests {
		found = append(found, scanPackage(each)...)
	}
	json.NewEncoder(os.Stdout).Encode(found)
}

func scanPackage(each request) []symbol {
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range each.Files {
		// The compiler will tell of what cannot be read.
		if file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution); err == nil {
			files = append(files, file)
		}
	}
	constants := map[string]ast.Expr{}
	for _, file := range files {
		eachSpec(file, func(kind token.Token, spec *ast.ValueSpec) {
			for i, name := range spec.Names {
				if kind == token.CONST && i < len(spec.Values) {
					constants[name.Name] = spec.Values[i]
				}
			}
		})
	}
	var found []symbol
	for _, file := range files {
		at := func(pos token.Pos) (string, int) {
			position := set.Position(pos)
			return position.Filename, position.Line
		}
		eachSpec(file, func(kind token.Token, spec *ast.ValueSpec) {
			for i, name := range spec.Names {
				item := symbol{Package: each.Package, Kind: kind.String(), Name: name.Name}
				item.File, item.Line = at(name.Pos())
				typed, isIdent := spec.Type.(*ast.Ident)
				isString := spec.Type == nil || (isIdent && typed.Name == "string")
				if i < len(spec.Values) {
					value, ok := text(spec.Values[i], constants, 0)
					item.Value = value
					item.Settable = kind == token.VAR && ok && isString
					if !ok && kind == token.CONST {
						continue
					}
				} else {
					item.Settable = kind == token.VAR && isIdent && isString
					if !item.Settable {
						continue
					}
				}
				found = append(found, item)
			}
		})
		ast.Inspect(file, func(node ast.Node) bool {
			item := symbol{Package: each.Package}
			switch node := node.(type) {
			case *ast.SelectorExpr:
				if x, ok := node.X.(*ast.Ident); ok && x.Name == "debug" && node.Sel.Name == "ReadBuildInfo" {
					item.Kind = "buildinfo"
				}
			case *ast.CompositeLit:
				for _, element := range node.Elts {
					pair, ok := element.(*ast.KeyValueExpr)
					if !ok {
						continue
					}
					key, ok := pair.Key.(*ast.Ident)
					if !ok || key.Name != "Version" {
						continue
					}
					if value, ok := pair.Value.(*ast.BasicLit); ok && value.Kind == token.STRING {
						item.Kind, item.Name = "literal", typeName(node.Type)
						item.Value, _ = strconv.Unquote(value.Value)
					}
				}
			case *ast.CallExpr:
				name := typeName(node.Fun)
				if (name == "NewMCPServer" || name == "NewServer") && len(node.Args) >= 2 {
					if value, ok := node.Args[1].(*ast.BasicLit); ok && value.Kind == token.STRING {
						item.Kind, item.Name = "literal", name
						item.Value, _ = strconv.Unquote(value.Value)
					}
				}
			}
			if item.Kind != "" {
				item.File, item.Line = at(node.Pos())
				found = append(found, item)
			}
			return true
		})
	}
	return found
}

func typeName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.SelectorExpr:
		return expr.Sel.Name
	}
	return ""
}

func eachSpec(file *ast.File, body func(token.Token, *ast.ValueSpec)) {
	for _, declaration := range file.Decls {
		if general, ok := declaration.(*ast.GenDecl); ok && (general.Tok == token.VAR || general.Tok == token.CONST) {
			for _, spec := range general.Specs {
				body(general.Tok, spec.(*ast.ValueSpec))
			}
		}
	}
}

// text is the value of a constant expression of strings.
func text(expr ast.Expr, constants map[string]ast.Expr, depth int) (string, bool) {
	if depth > 20 {
		return "", false
	}
	switch expr := expr.(type) {
	case *ast.BasicLit:
		if expr.Kind != token.STRING {
			return "", false
		}
		value, err := strconv.Unquote(expr.Value)
		return value, err == nil
	case *ast.ParenExpr:
		return text(expr.X, constants, depth+1)
	case *ast.Ident:
		if value, ok := constants[expr.Name]; ok {
			return text(value, constants, depth+1)
		}
	case *ast.BinaryExpr:
		left, one := text(expr.X, constants, depth+1)
		right, other := text(expr.Y, constants, depth+1)
		return left + right, one && other && expr.Op == token.ADD
	}
	return "", false
}

func tool(args []string) int {
	if len(args) == 0 {
		return 2
	}
	if strings.TrimSuffix(filepath.Base(args[0]), ".exe") == "link" {
		for i := 1; i+1 < len(args); i++ {
			if args[i] == "-importcfg" {
				if err := stamp(args[i+1]); err != nil {
					fmt.Fprintln(os.Stderr, "the main module is not told its version:", err)
				}
			}
		}
	}
	command := exec.Command(args[0], args[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode()
		}
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

var modinfo = regexp.MustCompile("(?m)^modinfo (.*)$")

func stamp(file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	version, settings := os.Getenv("MCP_RELEASE_VERSION"), os.Getenv("MCP_RELEASE_SETTINGS")
	changed := modinfo.ReplaceAllFunc(content, func(line []byte) []byte {
		info, err := strconv.Unquote(string(line[len("modinfo "):]))
		// Sixteen bytes before and behind the text mark it in the executable.
		if err != nil || len(info) < 32 || version == "" {
			return line
		}
		lines := strings.SplitAfter(info[16:len(info)-16], "\n")
		for i, each := range lines {
			fields := strings.Split(strings.TrimSuffix(each, "\n"), "\t")
			if fields[0] == "mod" && len(fields) >= 3 && (fields[2] == "" || fields[2] == "(devel)") {
				fields[2] = version
				lines[i] = strings.Join(fields, "\t") + "\n"
			}
		}
		text := strings.Join(lines, "") + settings
		return []byte("modinfo " + strconv.Quote(info[:16]+text+info[len(info)-16:]))
	})
	return os.WriteFile(file, changed, 0o666)
}
`
