// A reader of checkpoints and proofs over Go's own x/mod: one question a line on stdin, one answer a line on stdout.
//
//	catatan VERIFIER-KEY NOTE            is this note signed by the key?
//	cakupan SIZE ROOT INDEX LEAF PATH    is the leaf at this index of the tree with this root?
//	tumbuh SIZE ROOT OLDSIZE OLDROOT PATH  is the old tree the beginning of the new one?
//
// A note, a hash and each hash of a path (joined by commas, "-" for none) are base64. The answer is "ya", or "tidak" and why.
package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var salahTulis = errors.New("pertanyaan salah tulis")

func main() {
	masuk := bufio.NewScanner(os.Stdin)
	masuk.Buffer(nil, 1<<24)
	keluar := bufio.NewWriter(os.Stdout)
	defer keluar.Flush()
	for masuk.Scan() {
		if err := jawab(strings.Fields(masuk.Text())); err != nil {
			keluar.WriteString("tidak " + err.Error() + "\n")
		} else {
			keluar.WriteString("ya\n")
		}
	}
}

func jawab(kata []string) error {
	switch {
	case len(kata) == 3 && kata[0] == "catatan":
		return catatan(kata[1], kata[2])
	case len(kata) == 6 && (kata[0] == "cakupan" || kata[0] == "tumbuh"):
		return pohon(kata)
	}
	return salahTulis
}

func catatan(kunci, isi string) error {
	pemeriksa, err := note.NewVerifier(kunci)
	if err != nil {
		return err
	}
	bita, err := base64.StdEncoding.DecodeString(isi)
	if err != nil {
		return salahTulis
	}
	_, err = note.Open(bita, note.VerifierList(pemeriksa))
	return err
}

func pohon(kata []string) error {
	ukuran, err1 := strconv.ParseInt(kata[1], 10, 64)
	akar, err2 := tlog.ParseHash(kata[2])
	lain, err3 := strconv.ParseInt(kata[3], 10, 64)
	sidik, err4 := tlog.ParseHash(kata[4])
	jalur, err5 := urai(kata[5])
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return salahTulis
	}
	if kata[0] == "cakupan" {
		return tlog.CheckRecord(tlog.RecordProof(jalur), ukuran, akar, lain, sidik)
	}
	return tlog.CheckTree(tlog.TreeProof(jalur), ukuran, akar, lain, sidik)
}

func urai(teks string) ([]tlog.Hash, error) {
	if teks == "-" {
		return nil, nil
	}
	var hasil []tlog.Hash
	for _, satu := range strings.Split(teks, ",") {
		sidik, err := tlog.ParseHash(satu)
		if err != nil {
			return nil, err
		}
		hasil = append(hasil, sidik)
	}
	return hasil, nil
}
