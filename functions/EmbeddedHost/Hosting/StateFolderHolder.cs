using System.Globalization;

namespace EmbeddedHost.Hosting;

/// <summary>The process that holds a state folder.</summary>
/// <param name="ProcessId">Its id.</param>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="Since">When it took the folder (UTC).</param>
/// <param name="Address">Where it listens for HTTP; null: nowhere.</param>
public sealed record StateFolderHolder(int ProcessId, string Machine, DateTimeOffset Since, Uri? Address)
{
    /// <summary>Such as <c>process 4711 on box since 2026-11-22T06:00:00Z, at http://127.0.0.1:7071/</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Machine} since {Since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}") + (Address is null ? string.Empty : $", at {Address}");
}
