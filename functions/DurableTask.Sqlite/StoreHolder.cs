using System.Globalization;

namespace DurableTask.Sqlite;

/// <summary>The process that holds a database file.</summary>
/// <param name="ProcessId">Its id.</param>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="Since">When it took the file (UTC).</param>
/// <param name="Address">Where it listens, as it announced; null: it announced nothing.</param>
public sealed record StoreHolder(int ProcessId, string Machine, DateTimeOffset Since, Uri? Address)
{
    /// <summary>Such as <c>process 4711 on box since 2026-11-22T06:00:00Z, at http://127.0.0.1:7071/</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Machine} since {Since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")
        + (Address is null ? string.Empty : $", at {Address}");
}
