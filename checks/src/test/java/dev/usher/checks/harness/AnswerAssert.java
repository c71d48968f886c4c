package dev.usher.checks.harness;

import org.assertj.core.api.AbstractAssert;

/** Sentences about answers. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
    private AnswerAssert(Answer actual) {
        super(actual, AnswerAssert.class);
    }

    public static AnswerAssert assertThat(Answer actual) {
        return new AnswerAssert(actual);
    }

    public AnswerAssert isOk() {
        if (actual.status() != 200) failWithMessage("expected 200, was %s", actual);
        return this;
    }

    public AnswerAssert isRefused(int status, String code) {
        boolean asExpected = actual.status() == status && actual.code().equals(code);
        if (!asExpected) failWithMessage("expected %s %s, was %s", status, code, actual);
        return this;
    }

    /** A refusal that names the form field it is about. */
    public AnswerAssert isRefused(int status, String code, String param) {
        isRefused(status, code);
        return has("/errors/0/meta/param_name", param);
    }

    /** The text of the value at a JSON pointer; {@code null} and missing are the word null. */
    public AnswerAssert has(String pointer, String expected) {
        var node = actual.at(pointer);
        String found =
                node.isMissingNode() || node.isNull() ? "null" : node.isValueNode() ? node.asString() : node.toString();
        if (!found.equals(expected)) failWithMessage("expected %s at %s, was %s", expected, pointer, actual);
        return this;
    }
}
