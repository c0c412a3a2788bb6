// Package http is node:http: server, client and Agent.
package http
