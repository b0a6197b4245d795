package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/** Many small lists of numbers, themselves numbered from zero, in one array. A list that outgrows its place moves to the end. */
final class IntLists {

    private int[] elements = new int[64];
    private int used;
    private int[] start = new int[16];
    private int[] size = new int[16];
    private int[] capacity = new int[16];
    private int lists;

    /** Makes an empty list with room for some elements, and says its number. */
    int create(int room) {
        if (lists == start.length) {
            start = Arrays.copyOf(start, lists * 2);
            size = Arrays.copyOf(size, lists * 2);
            capacity = Arrays.copyOf(capacity, lists * 2);
        }
        start[lists] = allocate(room);
        capacity[lists] = room;
        return lists++;
    }

    int size(int list) {
        return size[list];
    }

    int get(int list, int index) {
        return elements[start[list] + index];
    }

    void set(int list, int index, int element) {
        elements[start[list] + index] = element;
    }

    void add(int list, int element) {
        if (size[list] == capacity[list]) {
            move(list, Math.max(4, 2 * capacity[list]));
        }
        elements[start[list] + size[list]++] = element;
    }

    void removeAt(int list, int index) {
        int from = start[list] + index + 1;
        System.arraycopy(elements, from, elements, from - 1, size[list] - index - 1);
        size[list]--;
    }

    /** Removes the element, which must be there. */
    void remove(int list, int element) {
        for (int i = size[list] - 1; i >= 0; i--) {
            if (get(list, i) == element) {
                removeAt(list, i);
                return;
            }
        }
        throw new IllegalArgumentException("no " + element + " in list " + list);
    }

    /** Removes the elements whose places are marked. */
    void removeAll(int list, boolean[] marked) {
        int kept = 0;
        for (int i = 0; i < size[list]; i++) {
            if (!marked[i]) {
                set(list, kept++, get(list, i));
            }
        }
        size[list] = kept;
    }

    void clear(int list) {
        size[list] = 0;
    }

    private void move(int list, int room) {
        int to = allocate(room);
        System.arraycopy(elements, start[list], elements, to, size[list]);
        start[list] = to;
        capacity[list] = room;
    }

    private int allocate(int room) {
        int at = used;
        used += room;
        if (used > elements.length) {
            elements = Arrays.copyOf(elements, Math.max(used, elements.length * 2));
        }
        return at;
    }
}
