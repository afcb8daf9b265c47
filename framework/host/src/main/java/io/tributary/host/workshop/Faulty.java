package io.tributary.host.workshop;

import java.util.List;

/// A project, as it is, cannot serve.
final class Faulty extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    Faulty(List<Complaint> complaints) {
        super(complaints.isEmpty() ? "" : complaints.getFirst().text(), null, false, false);
        this.complaints = List.copyOf(complaints);
    }

    static Faulty of(String text) {
        return new Faulty(List.of(Complaint.of(text)));
    }

    List<Complaint> complaints() {
        return complaints;
    }
}
