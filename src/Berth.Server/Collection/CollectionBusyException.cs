namespace Berth.Server.Collection;

internal sealed class CollectionBusyException() : Exception("another collection is under way; it does the same work, so wait for it");
