/** Session tokens, their keys and the description of the instance. */
package dev.usher.checks.token;
