/** Bad input of every kind: each refused by its published code, none with a 5xx, a stack trace or a side effect. */
package dev.usher.checks.hostile;
