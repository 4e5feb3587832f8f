// What Go reads in archives: a JSON line for each path on standard input.
package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

type entry struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	Link string `json:"link,omitempty"`
	Sha  string `json:"sha,omitempty"`
}

type reading struct {
	Entries []entry `json:"entries"`
	Error   string  `json:"error,omitempty"`
}

func readTar(b []byte) (es []entry, err error) {
	var r io.Reader = bytes.NewReader(b)
	if len(b) > 1 && b[0] == 0x1f && b[1] == 0x8b {
		r, err = gzip.NewReader(r)
		if err != nil {
			return
		}
	}
	t := tar.NewReader(r)
	for {
		h, e := t.Next()
		if e == io.EOF {
			// what follows the archive must decompress
			_, e = io.Copy(io.Discard, r)
			if e != nil {
				return es, e
			}
			return es, nil
		}
		if e != nil {
			return es, e
		}
		if h.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		k := "other:" + string(h.Typeflag)
		switch h.Typeflag {
		case tar.TypeReg, tar.TypeRegA, tar.TypeCont:
			k = "file"
		case tar.TypeDir:
			k = "directory"
		case tar.TypeSymlink:
			k = "link"
		case tar.TypeLink:
			k = "hard"
		case tar.TypeGNUSparse:
			k = "file"
		}
		x := entry{Name: h.Name, Kind: k}
		if k == "link" || k == "hard" {
			x.Link = h.Linkname
		}
		if k == "file" {
			s := sha256.New()
			if h.Size > 1<<28 {
				return es, fmt.Errorf("skipped")
			}
			if _, e := io.Copy(s, t); e != nil {
				return es, e
			}
			x.Sha = fmt.Sprintf("%x", s.Sum(nil))
		}
		es = append(es, x)
	}
}

func readZip(b []byte) (es []entry, err error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		m := f.Mode()
		x := entry{Name: f.Name, Kind: "file"}
		if m.IsDir() {
			x.Kind = "directory"
		} else if m&os.ModeSymlink != 0 {
			x.Kind = "link"
		} else if !m.IsRegular() {
			x.Kind = "other"
		}
		if f.Flags&1 != 0 {
			return es, fmt.Errorf("encrypted")
		}
		if f.UncompressedSize64 > 1<<28 {
			return es, fmt.Errorf("skipped")
		}
		rc, e := f.Open()
		if e != nil {
			return es, e
		}
		c, e := io.ReadAll(rc)
		if e != nil {
			return es, e
		}
		if x.Kind == "link" {
			x.Link = string(c)
		} else if x.Kind == "file" {
			x.Sha = fmt.Sprintf("%x", sha256.Sum256(c))
		}
		es = append(es, x)
	}
	return
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		path := lines.Text()
		content, err := os.ReadFile(path)
		found := reading{Entries: []entry{}}
		if err == nil && strings.HasSuffix(path, ".zip") {
			found.Entries, err = readZip(content)
		} else if err == nil {
			found.Entries, err = readTar(content)
		}
		if err != nil {
			found.Error = err.Error()
		}
		line, _ := json.Marshal(found)
		fmt.Println(string(line))
	}
}
