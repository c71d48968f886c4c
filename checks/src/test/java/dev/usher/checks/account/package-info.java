/** What signed-in people do about the ways in which they prove who they are. */
package dev.usher.checks.account;
