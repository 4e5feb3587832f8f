// Asks the MCP Registry's own code about documents: built inside a copy of its module, because its validators are internal.
// In: one JSON string on each line, the text of a server.json. Out, for each: what publishing and validating it answered.
package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/modelcontextprotocol/registry/internal/api"
	v0 "github.com/modelcontextprotocol/registry/internal/api/handlers/v0"
	"github.com/modelcontextprotocol/registry/internal/auth"
	"github.com/modelcontextprotocol/registry/internal/config"
	"github.com/modelcontextprotocol/registry/internal/service"
	"github.com/modelcontextprotocol/registry/internal/telemetry"
	"github.com/modelcontextprotocol/registry/internal/validators"
	apiv0 "github.com/modelcontextprotocol/registry/pkg/api/v0"
	"github.com/modelcontextprotocol/registry/pkg/model"
)

type answer struct {
	// Why publishing is refused; empty when it is not.
	Publish string `json:"publish"`
	// What else the published schema says; empty when it is followed.
	Schema string `json:"schema"`
	// What would be stored.
	Stored json.RawMessage `json:"stored,omitempty"`
}

var errNetwork = errors.New("the network is out of reach of the oracle")

// Whoever gets as far as the network has passed every rule that needs none.
type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) { return nil, errNetwork }

// publisher does what the registry's service does before it opens its database.
type publisher struct{ service.RegistryService }

func (publisher) CreateServer(ctx context.Context, server *apiv0.ServerJSON) (*apiv0.ServerResponse, error) {
	if err := validators.ValidatePublishRequest(ctx, *server, &config.Config{}); err != nil {
		return nil, err
	}
	for at, each := range server.Packages {
		if err := validators.ValidatePackage(ctx, each, server.Name); err != nil && !errors.Is(err, errNetwork) {
			return nil, fmt.Errorf("package %d: %w", at, err)
		}
	}
	return &apiv0.ServerResponse{Server: *server}, nil
}

func main() {
	log.SetFlags(0)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	settings := &config.Config{JWTPrivateKey: hex.EncodeToString(make([]byte, 32)), EnableRegistryValidation: true}
	token, err := auth.NewJWTManager(settings).GenerateTokenResponse(context.Background(), auth.JWTClaims{
		Permissions: []auth.Permission{{Action: auth.PermissionActionPublish, ResourcePattern: "*"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	_, metrics, err := telemetry.InitMetrics("oracle")
	if err != nil {
		log.Fatal(err)
	}
	handler := api.NewServer(settings, publisher{}, metrics, &v0.VersionBody{}).Handler()
	http.DefaultTransport = noNetwork{}
	remote.DefaultTransport = noNetwork{}

	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var document string
		if err := json.Unmarshal(in.Bytes(), &document); err != nil {
			log.Fatal(err)
		}
		if err := out.Encode(ask(handler, document, token.RegistryToken)); err != nil {
			log.Fatal(err)
		}
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
}

func ask(handler http.Handler, document, token string) answer {
	published := post(handler, "/v0.1/publish", document, token)
	if published.Code != http.StatusOK {
		return answer{Publish: published.Body.String()}
	}
	var stored struct {
		Server json.RawMessage `json:"server"`
	}
	if err := json.Unmarshal(published.Body.Bytes(), &stored); err != nil {
		log.Fatal(err)
	}
	// Whatever older schema a document names, readers have the current one.
	current := map[string]any{}
	if err := json.Unmarshal(stored.Server, &current); err != nil {
		log.Fatal(err)
	}
	current["$schema"] = model.CurrentSchemaURL
	renewed, err := json.Marshal(current)
	if err != nil {
		log.Fatal(err)
	}
	validated := post(handler, "/v0.1/validate", string(renewed), token)
	var result validators.ValidationResult
	if err := json.Unmarshal(validated.Body.Bytes(), &result); validated.Code != http.StatusOK || err != nil {
		return answer{Schema: validated.Body.String(), Stored: stored.Server}
	}
	if result.Valid {
		return answer{Stored: stored.Server}
	}
	issues := make([]string, 0, len(result.Issues))
	for _, each := range result.Issues {
		issues = append(issues, each.Path+": "+each.Message)
	}
	return answer{Schema: strings.Join(issues, "; "), Stored: stored.Server}
}

func post(handler http.Handler, path, document, token string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(document))
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}
