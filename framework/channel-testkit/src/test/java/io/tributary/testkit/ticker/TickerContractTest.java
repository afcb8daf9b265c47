package io.tributary.testkit.ticker;

import org.junit.jupiter.api.DisplayName;

@DisplayName("a channel whose connections keep their promises passes")
class TickerContractTest extends TickerContract {}
