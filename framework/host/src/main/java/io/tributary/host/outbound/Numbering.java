package io.tributary.host.outbound;

import io.tributary.model.Choice;
import java.util.ArrayList;
import java.util.List;

/// The numbers of choices that go as text. They run on through the parts of one reply, so that a
/// number stands for one choice.
final class Numbering {

    private final List<Choice> choices = new ArrayList<>();

    int next(Choice choice) {
        choices.add(choice);
        return choices.size();
    }

    /// Which have a number, that of number 1 first.
    List<Choice> choices() {
        return List.copyOf(choices);
    }
}
