using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Report;

/// <summary>What a report needs to know of a lake, and how it asks its queries there.</summary>
internal interface IReportSource
{
    /// <summary>Whether there is nothing to ask for; false also where only the queries tell.</summary>
    Task<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>The rows of all tables, by which it is told what a report would cost; null where to ask for it would cost money.</summary>
    Task<long?> CountRowsAsync(CancellationToken cancellationToken);

    /// <summary>Asks queries one after another, of the tables as they are now. The rows of one are read before the next is asked.</summary>
    Task<T> AskAsync<T>(Func<IQueries, Task<T>> ask, CancellationToken cancellationToken);
}
