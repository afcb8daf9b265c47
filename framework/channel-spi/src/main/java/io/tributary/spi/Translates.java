package io.tributary.spi;

import java.util.List;

/// Part of every ability that receives.
public interface Translates {

    /// Turns what came into what happened.
    ///
    /// Pure: settings and arrival only, no network, no state, no clock. Runs before the commit, at
    /// least once per event that is no duplicate, and again on every replay, on any member and by
    /// later versions (guarantee 11). Of a piece only the whole is translated (guarantee 12).
    /// Deadline 2 s.
    ///
    /// @return empty where there is nothing to see
    /// @throws Exception the event becomes an inbound dead letter, kept for repair; its neighbours
    ///   are not harmed
    List<Inbound> translate(Arrival arrival) throws Exception;
}
