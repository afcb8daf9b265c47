package io.tributary.spi;

import io.tributary.model.Json;
import java.io.IOException;
import java.util.List;

/// Has things that an operator can do, such as registering our address with the provider.
public interface OffersActions {

    /// What there is to do. Quick, no network.
    List<Action> actions();

    /// Does one of them. Deadline 60 s.
    ///
    /// @param action its name
    /// @param input matches the action's schema
    /// @return what to show the operator
    /// @throws Trouble the provider refused
    /// @throws IOException the provider cannot be reached
    Json perform(String action, Json input) throws Trouble, IOException, InterruptedException;

    /// One thing to do.
    ///
    /// @param name lower-case letters, digits and dashes
    /// @param title for people
    /// @param input a JSON Schema
    record Action(String name, String title, Json input) {

        public Action {
            Shape.name(name, "an action's name");
            Shape.name(title, "an action's title");
        }
    }
}
