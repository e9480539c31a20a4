using System.Text;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Formats;

namespace SpotifyEtl.Local.Tests.Formats;

/// <summary>Results as they are written.</summary>
internal static class Written
{
    public static async Task<byte[]> BytesAsync(QueryFormat format, QueryColumn[] columns, IAsyncEnumerable<IReadOnlyList<string?>> rows, int? width = null)
    {
        using MemoryStream output = new();
        await QueryOutput.WriteAsync(new QueryResult(columns, rows), format, output, width, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    public static async Task<string> TextAsync(QueryFormat format, int? width, QueryColumn[] columns, params string?[][] rows) =>
        Encoding.UTF8.GetString(await BytesAsync(format, columns, rows.ToAsyncEnumerable(), width));

    public static Task<byte[]> ParquetAsync(QueryColumn[] columns, params string?[][] rows) =>
        BytesAsync(QueryFormat.Parquet, columns, rows.ToAsyncEnumerable());
}
