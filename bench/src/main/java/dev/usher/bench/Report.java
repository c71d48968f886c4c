package dev.usher.bench;

import tools.jackson.databind.node.ObjectNode;

/** What a bench found, for people and for programs. */
record Report(String text, ObjectNode figures) {}
