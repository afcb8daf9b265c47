package io.tributary.json;

import java.util.List;
import java.util.stream.Collectors;

/// A JSON text is not what it should be. The message names places and expectations and quotes no
/// value, so it can be logged and sent back.
public final class InvalidJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<JsonProblem> problems;

    /// Says what is wrong.
    ///
    /// @param problems at least one
    public InvalidJson(List<JsonProblem> problems) {
        super(problems.stream().map(JsonProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    static InvalidJson of(String pointer, String text) {
        return new InvalidJson(List.of(new JsonProblem(pointer, text)));
    }

    /// Everything that is wrong, in the order of the text.
    public List<JsonProblem> problems() {
        return problems;
    }
}
