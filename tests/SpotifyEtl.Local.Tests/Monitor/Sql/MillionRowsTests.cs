using System.Diagnostics;
using System.Globalization;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

/// <summary>An answer of a million rows as a file: the server, a process of its own, holds no more of it than of a small one.</summary>
public sealed class MillionRowsTests
{
    private const long MostBytes = 300_000_000;

    private const string Million =
        """
        SELECT a.n * 1000 + b.n AS number, 'song number ' || CAST(a.n AS varchar) || ' of ' || CAST(b.n AS varchar) AS name, a.n / 7.0 AS part
        FROM UNNEST(sequence(0, 999)) AS a(n) CROSS JOIN UNNEST(sequence(0, 999)) AS b(n)
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv", 30_000_000)]
    [InlineData("parquet", 1_000_000)]
    public async Task A_million_rows_are_sent_in_less_than_300_MB(string format, long leastBytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the most memory that a process has held.");
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        using var server = program.Start("serve", "--port", "0");
        try
        {
            var url = new Uri((await server.StandardOutput.ReadLineAsync(Cancellation))!.Split(' ', ';')[2]);
            using HttpClient http = new() { BaseAddress = url };
            using HttpRequestMessage request = new(HttpMethod.Post, "/sql/download")
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("sql", Million), KeyValuePair.Create("format", format)]),
            };
            request.Headers.Add("Origin", url.GetLeftPart(UriPartial.Authority));

            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
            var bytes = await CountAsync(body);
            var peak = PeakOf(server);

            Assert.True(bytes > leastBytes, $"The file has {bytes} bytes.");
            Assert.True(peak < MostBytes, $"The server held {peak} bytes.");
            TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {bytes} bytes sent, {peak} bytes held at most");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Cancellation);
        }
    }

    private static async Task<long> CountAsync(Stream body)
    {
        var (buffer, bytes) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer, Cancellation) is > 0 and var read)
        {
            bytes += read;
        }

        return bytes;
    }

    private static long PeakOf(Process process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
