package io.tributary.host.workshop;

/// Something that is wrong with a project's source.
///
/// @param file relative to the project; empty where it is about no file
/// @param line 1 for the first; 0: about none
/// @param column 1 for the first; 0: about none
/// @param text what is wrong, in as many lines as it takes
/// @param source the line as it stands in the file; empty where there is none
public record Complaint(String file, long line, long column, String text, String source) {

    static Complaint of(String text) {
        return new Complaint("", 0, 0, text, "");
    }

    /// As a compiler says it.
    @Override
    public String toString() {
        String place = file.isEmpty() ? "" : file + ":" + line + ":" + column + ": ";
        return place + text + (source.isBlank() ? "" : "\n    " + source.strip());
    }
}
