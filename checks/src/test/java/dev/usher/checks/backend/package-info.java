/** The Backend API as servers with a secret key see it. */
package dev.usher.checks.backend;
