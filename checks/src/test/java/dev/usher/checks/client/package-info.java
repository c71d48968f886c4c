/** Published clients, unmodified, against a running server: clerk-js in Chromium, @clerk/backend and @clerk/express in Node. */
package dev.usher.checks.client;
