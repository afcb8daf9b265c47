package io.tributary.twilio.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a message to a customer fares: its states, and the status callbacks in exactly this order.
///
/// The message's own state only moves forward, whatever the order of the callbacks.
///
/// @param steps one callback each
/// @param early whether the first callback is sent, and answered, before the API call is answered
public record Course(List<Step> steps, boolean early) {

    /// One status callback.
    ///
    /// @param after how long to wait before it
    /// @param errorCode what went wrong; null: nothing, or Twilio does not say
    public record Step(Duration after, Status status, @Nullable Integer errorCode) {}

    private static final Duration PACE = Duration.ofMillis(150);

    /// Queued, sent, delivered.
    public static final Course DELIVERED = of(Status.QUEUED, Status.SENT, Status.DELIVERED);

    /// Accepted, and nothing more is ever heard.
    public static final Course SILENT = new Course(List.of(), false);

    /// Keeps its own copy.
    public Course {
        steps = List.copyOf(steps);
    }

    /// These statuses, a moment apart.
    public static Course of(Status... statuses) {
        return new Course(
                List.of(statuses).stream().map(status -> new Step(PACE, status, null)).toList(),
                false);
    }

    /// Queued and sent, then it fails.
    ///
    /// @param status [Status#FAILED] or [Status#UNDELIVERED]
    public static Course failing(Status status, int errorCode) {
        return of(Status.QUEUED, Status.SENT).then(status, errorCode);
    }

    /// The same with one more step.
    public Course then(Status status, @Nullable Integer errorCode) {
        var more = new ArrayList<>(steps);
        more.add(new Step(PACE, status, errorCode));
        return new Course(more, early);
    }

    /// The same the other way round.
    public Course reversed() {
        var others = new ArrayList<>(steps);
        Collections.reverse(others);
        return new Course(others, early);
    }

    /// The same with each callback sent twice.
    public Course doubled() {
        var twice = new ArrayList<Step>();
        for (var step : steps) {
            twice.add(step);
            twice.add(step);
        }
        return new Course(twice, early);
    }

    /// The same, but the first callback overtakes the answer of the API.
    public Course beginningEarly() {
        return new Course(steps, true);
    }

    /// The same with this time between the callbacks.
    public Course every(Duration pause) {
        return new Course(
                steps.stream()
                        .map(step -> new Step(pause, step.status(), step.errorCode()))
                        .toList(),
                early);
    }
}
