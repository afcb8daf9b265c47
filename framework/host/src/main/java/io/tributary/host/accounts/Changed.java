package io.tributary.host.accounts;

import java.util.List;

/// What became of a change to an account. In all cases but [Done] the account is as it was before.
public sealed interface Changed {

    /// It is stored, and serves as the view says.
    record Done(AccountView account) implements Changed {}

    /// It is gone; its interactions stay.
    record Removed() implements Changed {}

    /// The settings are wrong. Every mistake that could be found.
    record Invalid(List<SettingsProblem> problems) implements Changed {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /// The plugin could not open the account with these settings.
    record NotOpened(String why) implements Changed {}

    /// The account is the configuration file's.
    record ReadOnly(String why) implements Changed {}

    /// Somebody else changed it meanwhile.
    record Conflict(String why) implements Changed {}

    /// There is no such account.
    record Unknown() implements Changed {}
}
