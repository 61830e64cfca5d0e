using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Berth.Server.Api;

/// <summary>Sends a JSON document with its length, so that HEAD and keep-alive know it.</summary>
internal static class Json
{
    private const string PlainType = "application/json";

    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    public static Task SendAsync<T>(HttpContext http, int status, T document, JsonTypeInfo<T> type) =>
        SendAsync(http, status, JsonSerializer.SerializeToUtf8Bytes(document, type), PlainType);

    public static Task SendEmptyObjectAsync(HttpContext http) => SendAsync(http, StatusCodes.Status200OK, EmptyObject, PlainType);

    public static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> bytes, string mediaType)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }
}
