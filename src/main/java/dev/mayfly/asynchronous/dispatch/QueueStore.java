package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Ending;
import dev.mayfly.asynchronous.queue.Endings;
import dev.mayfly.asynchronous.queue.Lines;
import java.util.List;

/**
 * The database, as the writer of ends sees it.
 *
 * @param owner whose leases they are
 */
record QueueStore(String owner, Endings endings, Lines lines) implements EndingWriter.Store {

    @Override
    public List<Ending> write(List<Ending> ended) {
        return endings.write(owner, ended);
    }

    @Override
    public void wake(Ending.Again again) {
        lines.wake(again.claim().function(), again.due());
    }
}
