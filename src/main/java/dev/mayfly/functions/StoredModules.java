package dev.mayfly.functions;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All stored modules. */
interface StoredModules extends Repository<StoredModule, String> {

    Optional<StoredModule> findById(String digest);

    /** Finds a module to put its file in place or to delete it. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from StoredModule m where m.digest = :digest")
    Optional<StoredModule> lock(String digest);

    @Query("select m.digest from StoredModule m where m.digest in :digests")
    List<String> known(Collection<String> digests);

    /** Digests that no version refers to and that were not touched since. */
    @Query("select m.digest from StoredModule m where m.digest > :after and m.touchedAt < :before"
            + " and not exists (select 1 from FunctionVersion v where v.digest = m.digest) order by m.digest")
    List<String> unreferenced(String after, Instant before, Limit limit);

    /** Starts the time for which the modules of a function are kept after it. */
    @Modifying
    @Query("update StoredModule m set m.touchedAt = :now where m.digest in"
            + " (select v.digest from FunctionVersion v where v.id.functionId = :function)")
    int touchModulesOf(long function, Instant now);

    StoredModule save(StoredModule module);

    void delete(StoredModule module);

    void flush();
}
