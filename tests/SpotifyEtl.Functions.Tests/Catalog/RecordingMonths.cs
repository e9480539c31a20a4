using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Catalog;

/// <summary>A catalog that keeps which months of which typed tables it is told of.</summary>
internal sealed class RecordingMonths : ICatalogMonths
{
    private readonly Lock _lock = new();
    private readonly List<string> _registered = [];

    /// <summary>What it could not take, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Called when it is told of a month.</summary>
    public Action Registering { get; set; } = () => { };

    /// <summary>Such as <c>2026-11 songs</c>, in the order in which it was told.</summary>
    public IReadOnlyList<string> Registered
    {
        get
        {
            lock (_lock)
            {
                return [.. _registered];
            }
        }
    }

    public Task<IReadOnlyList<string>> RegisterAsync(string month, IReadOnlyCollection<Table> tables, CancellationToken cancellationToken)
    {
        Registering();
        lock (_lock)
        {
            _registered.AddRange(tables.Select(table => $"{month} {table.TypedName}"));
        }

        return Task.FromResult(Warnings);
    }
}
