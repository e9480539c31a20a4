using EmbeddedHost.Store;

namespace EmbeddedHost.Timers;

/// <summary>The timer functions' records in the state file.</summary>
internal sealed class TimerRecords(HistoryStore store)
{
    /// <summary>The record of a function, or null when there is none.</summary>
    public TimerRecord? Find(string function) => store.Read(
        "SELECT function, schedule, last_start, last_due, next_due, updated_at FROM timers WHERE function = $function",
        row => new TimerRecord(
            row.GetString(0), row.GetString(1), Time(HistoryStore.Text(row, 2)), Time(HistoryStore.Text(row, 3)), Timestamp.Read(row.GetString(4)), Timestamp.Read(row.GetString(5))),
        ("$function", function)).SingleOrDefault();

    /// <summary>Writes a record; it is on the disk when this completes.</summary>
    public Task WriteAsync(TimerRecord record) => store.WriteAsync(writer => writer.Execute(
        """
        INSERT INTO timers (function, schedule, last_start, last_due, next_due, updated_at)
        VALUES ($function, $schedule, $lastStart, $lastDue, $nextDue, $updatedAt)
        ON CONFLICT (function) DO UPDATE SET
            schedule = excluded.schedule, last_start = excluded.last_start, last_due = excluded.last_due, next_due = excluded.next_due, updated_at = excluded.updated_at
        """,
        ("$function", record.Function),
        ("$schedule", record.Schedule),
        ("$lastStart", Text(record.LastStart)),
        ("$lastDue", Text(record.LastDue)),
        ("$nextDue", Text(record.NextDue)),
        ("$updatedAt", Text(record.UpdatedAt))));

    private static DateTime? Time(string? text) => text is null ? null : Timestamp.Read(text);

    private static string? Text(DateTime? utc) => utc is { } time ? Timestamp.Write(time) : null;
}
