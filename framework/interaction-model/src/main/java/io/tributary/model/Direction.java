package io.tributary.model;

/// Which way an interaction went.
public enum Direction {
    /// From the customer's side to ours.
    INBOUND,
    /// From our side to the customer's.
    OUTBOUND,
    /// Among ourselves: the customer never sees it.
    INTERNAL
}
