package io.tributary.json;

import io.tributary.model.Content;
import io.tributary.model.Part;

/// Reads a part: a number and a content side by side.
final class PartReader {

    private PartReader() {}

    /// @param place the part's place in its list, from 1: its number unless it says another
    static Part read(Members members, int place) {
        var findings = members.findings();
        int gaps = findings.gaps();
        int number = members.orKept("number", place, it -> number(it, place));
        Content content = ContentReader.read(members);
        members.close();
        // A part keeps what it does not know by itself, so nothing around it has to.
        findings.forgetGapsAfter(gaps);
        return new Part(number, content, members.leftovers().unknown());
    }

    private static int number(Members members, int place) {
        long least = members.findings().strict() ? place : 1;
        long most = members.findings().strict() ? place : Integer.MAX_VALUE;
        return (int) members.number("number", least, most, place);
    }
}
