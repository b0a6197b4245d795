package dev.mayfly.functions;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All functions. */
interface Functions extends Repository<Function, Long> {

    Optional<Function> findByName(String name);

    /** Finds a function to change it; others who want to wait until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select f from Function f where f.name = :name")
    Optional<Function> lock(String name);

    List<Function> findByNameGreaterThanOrderByName(String after, Limit limit);

    boolean existsByName(String name);

    Function save(Function function);

    void delete(Function function);

    void flush();
}
