package io.tributary.smpp.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;

/// How an SMSC behaves that does not behave as all others. Thread safe.
public final class Behaviour {

    static final int SILENCE = -1;
    static final int LOST = -2;

    private final ConcurrentLinkedDeque<Integer> next = new ConcurrentLinkedDeque<>();
    private volatile boolean receipts = true;
    private volatile boolean early;
    private volatile boolean hexadecimal;
    private volatile boolean deaf;
    private volatile int bindStatus;
    private volatile int mostBinds = Integer.MAX_VALUE;
    private volatile String state = "DELIVRD";
    private volatile Duration delay = Duration.ZERO;
    private volatile CountDownLatch held = new CountDownLatch(0);

    Behaviour() {}

    /// Refuses the next submission that has no answer planned yet.
    public void refuseNext(int status) {
        next.addLast(status);
    }

    /// Does not answer the next submission that has no answer planned yet, and forgets it.
    public void keepSilentNext() {
        next.addLast(SILENCE);
    }

    /// Takes the next submission that has no answer planned yet and sends its receipt, but no
    /// answer.
    public void loseNextAnswer() {
        next.addLast(LOST);
    }

    /// Takes the next submission that has no answer planned yet.
    public void takeNext() {
        next.addLast(0);
    }

    /// Whether every answer that was planned was given, or kept back.
    public boolean allUsed() {
        return next.isEmpty();
    }

    /// Whether who asks for receipts gets any.
    public void receipts(boolean sends) {
        receipts = sends;
    }

    /// Whether a receipt comes before the answer.
    public void earlyReceipts(boolean now) {
        early = now;
    }

    /// Whether ids are hexadecimal in answers, as they are decimal in receipts.
    public void hexadecimalIds(boolean now) {
        hexadecimal = now;
    }

    /// How long a submission waits for its answer.
    public void answerAfter(Duration time) {
        delay = time;
    }

    /// Whether submissions wait for their answers until this is over.
    public void holdAnswers(boolean now) {
        held.countDown();
        held = new CountDownLatch(now ? 1 : 0);
    }

    /// What receipts say.
    public void state(String word) {
        state = word;
    }

    /// Whether `enquire_link` is left unanswered.
    public void deaf(boolean now) {
        deaf = now;
    }

    /// What binds are answered; 0: they are let in.
    public void refuseBinds(int status) {
        bindStatus = status;
    }

    /// How many may be bound at once.
    public void mostBinds(int most) {
        mostBinds = most;
    }

    /// The status of the next answer; [#SILENCE] or [#LOST]: none.
    int nextAnswer() {
        var planned = next.pollFirst();
        return planned == null ? 0 : planned;
    }

    boolean receipts() {
        return receipts;
    }

    boolean earlyReceipts() {
        return early;
    }

    boolean isDeaf() {
        return deaf;
    }

    boolean answersAtOnce() {
        return delay.isZero() && held.getCount() == 0;
    }

    /// Waits as long as an answer has to wait.
    void awaitAnswer() throws InterruptedException {
        held.await();
        Thread.sleep(delay);
    }

    int bindStatus() {
        return bindStatus;
    }

    int mostBinds() {
        return mostBinds;
    }

    String state() {
        return state;
    }

    String answered(long id) {
        return hexadecimal ? Long.toHexString(id).toUpperCase(Locale.ROOT) : Long.toString(id);
    }
}
