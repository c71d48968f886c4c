/** The command line as people and scripts use it. */
package dev.usher.checks.cli;
