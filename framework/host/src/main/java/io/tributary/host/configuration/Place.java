package io.tributary.host.configuration;

/// Where something stands: a file with line and column, or a variable of the environment.
///
/// @param source a file's name or a variable's
/// @param line from 1; 0: there are no lines
public record Place(String source, int line, int column) {

    static Place variable(String name) {
        return new Place(name, 0, 0);
    }

    /// Such as `tributary.yaml:3:5` or `TRIBUTARY_HTTP_PORT`.
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
