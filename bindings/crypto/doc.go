// Package crypto is node:crypto on Go's own cryptography.
//
// Supported: hashes, HMAC, pbkdf2, scrypt, hkdf, random values, primes, the AES,
// triple DES and ChaCha20 ciphers that getCiphers lists, KeyObject, key
// generation and PEM, DER and JWK for rsa, rsa-pss, ec, dsa, dh, ed25519,
// ed448, x25519, x448, ml-dsa, ml-kem and slh-dsa, signatures, encapsulation, RSA encryption, DiffieHellman, ECDH; Web
// Crypto with the same algorithms, AES-OCB, ChaCha20-Poly1305, KMAC and cSHAKE.
//
// # Missing
//
// Argon2 with a secret, associated data
// or variant d, cfb1, xts, Camellia, ARIA, SM3, SM4.
//
// # Deviations
//
// RSA private operations are blinded but use math/big; so do all curves but
// NIST's and the OKP ones. Neither is constant in time. FIPS mode is absent.
package crypto
